package io.millrace.catalog;

/** A relation whose rows are kept in a log of its own. */
public sealed interface StoredRelation extends Relation permits StreamDefinition, TableDefinition {
    /** Unique over the life of a data directory, so that what is dropped and created again has another log; 0: none yet. */
    long id();

    StoredRelation withId(long newId);

    /** The statement that created it, as it was typed. */
    String sql();
}
