package io.millrace.catalog;

/** A relation that a statement created, and another can drop. */
public sealed interface CreatedRelation extends Relation, CreatedObject permits StoredRelation, ViewDefinition {
    CreatedRelation withId(long newId);
}
