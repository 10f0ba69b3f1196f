package io.millrace.catalog;

/** What a statement created, and another can drop. */
public sealed interface CreatedObject permits CreatedRelation, SinkDefinition {
    /** Unique over the life of a data directory, so that what is dropped and created again is another; 0: none yet. */
    long id();

    String name();

    /** What it is, in a sentence: «stream», «sink». */
    String noun();

    /** The statement that created it, as it was typed. */
    String sql();
}
