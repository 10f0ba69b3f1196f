package io.millrace.catalog;

/** A relation that a statement created, and another can drop. */
public sealed interface CreatedRelation extends Relation permits StoredRelation, ViewDefinition {
    /** Unique over the life of a data directory, so that what is dropped and created again is another; 0: none yet. */
    long id();

    CreatedRelation withId(long newId);

    /** The statement that created it, as it was typed. */
    String sql();
}
