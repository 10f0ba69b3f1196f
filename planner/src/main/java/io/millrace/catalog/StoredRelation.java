package io.millrace.catalog;

/** A relation whose rows are kept in a log of its own. */
public sealed interface StoredRelation extends CreatedRelation permits StreamDefinition, TableDefinition {
    @Override
    StoredRelation withId(long newId);
}
