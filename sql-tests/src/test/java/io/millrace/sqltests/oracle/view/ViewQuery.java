package io.millrace.sqltests.oracle.view;

import io.millrace.sqltests.oracle.query.Query;
import io.millrace.sqltests.oracle.query.ValueType;
import java.util.List;
import java.util.stream.Stream;

/** What a view is defined by. */
interface ViewQuery {
    String sql();

    /** Of its columns; null where a type is none that expressions are made of. */
    List<ValueType> types();

    /** What is left when one thing is taken out; not all of it need be valid. */
    Stream<ViewQuery> smaller();

    /** One whose parts are known. */
    record Tree(Query query) implements ViewQuery {
        @Override
        public String sql() {
            return query.sql();
        }

        @Override
        public List<ValueType> types() {
            return query.types();
        }

        @Override
        public Stream<ViewQuery> smaller() {
            return query.smaller().map(Tree::new);
        }
    }
}
