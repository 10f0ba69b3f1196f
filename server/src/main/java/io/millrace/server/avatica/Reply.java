package io.millrace.server.avatica;

/** What is sent back for a message of Avatica's. */
record Reply(int status, String contentType, byte[] body) {}
