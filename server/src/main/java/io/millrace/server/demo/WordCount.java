package io.millrace.server.demo;

/** A row of the headline query. */
public record WordCount(String word, long count) {}
