package io.millrace.server.catalog;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.CreatedObject;
import io.millrace.catalog.CreatedRelation;
import io.millrace.catalog.Relation;
import io.millrace.catalog.SinkDefinition;
import io.millrace.catalog.StoredRelation;
import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.SystemTable;
import io.millrace.catalog.TableDefinition;
import io.millrace.catalog.ViewDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.dataflow.ViewPlan;
import io.millrace.executor.dataflow.ViewStatus;
import io.millrace.executor.work.Waits;
import io.millrace.plan.StandingQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The definitions, kept as a log of the statements that made them; reading it back in order gives the catalog.
 *
 * <p>Thread-safe: readers take the current snapshot without a lock, changes are made one after the other.
 */
public final class CatalogStore {
    private static final Logger LOGGER = LoggerFactory.getLogger(CatalogStore.class);

    private final StreamEngine engine;
    private final CatalogLog log;
    private final Definer definer;
    private final Map<Long, MillraceException> failures = new ConcurrentHashMap<>();

    private volatile CatalogSnapshot current = CatalogSnapshot.EMPTY;
    private long lastId;

    public CatalogStore(StreamEngine engine, PlanCache plans) {
        this.engine = engine;
        log = new CatalogLog(engine);
        definer = new Definer(plans);
    }

    public CatalogSnapshot current() {
        return current;
    }

    /**
     * Reads the log back, beside what the server itself shows, and opens all streams and tables; one that cannot be opened
     * is kept out of use, the others serve.
     */
    public synchronized void open(Collection<SystemTable> systemTables) {
        Set<Long> stored = engine.storedLogs();
        CatalogLog.Content content = log.read();
        // a view may have been in steps whose statement was never written
        lastId = Math.max(content.lastId(), engine.views().lastCatalog());
        for (long id : stored) {
            if (content.dropped().contains(id)) {
                engine.dropStream(id);
            } else if (!log.isOwn(id) && !content.live().containsKey(id)) {
                throw CatalogLog.damaged(
                        "it does not know stream or table number " + id + ", of which there is a log", null);
            }
        }
        Map<Long, CatalogLog.Entry> views = new TreeMap<>();
        Map<Long, CatalogLog.Entry> sinks = new TreeMap<>();
        List<StoredRelation> live = new ArrayList<>();
        content.live().forEach((id, entry) -> {
            switch (entry.kind()) {
                case STORED -> live.add(definer.stored(entry.sql()).withId(id));
                case VIEW -> views.put(id, entry);
                case SINK -> sinks.put(id, entry);
            }
        });
        for (StoredRelation definition : live) {
            try {
                open(definition);
            } catch (RuntimeException failure) {
                failures.put(definition.id(), outOfUse(definition, failure));
            }
        }
        current = definer.withViews(
                CatalogSnapshot.EMPTY.withSystemTables(systemTables).with(live.toArray(StoredRelation[]::new)), views);
        current.materializedViews().forEach(this::checkReads);
        MillraceException halted = engine.views().failure();
        if (halted != null) {
            current.materializedViews().forEach(view -> failures.putIfAbsent(view.id(), outOfUse(view, halted)));
        }
        engine.views()
                .recover(plans(current.materializedViews().stream()
                        .filter(view -> !failures.containsKey(view.id()))
                        .toList()));
        installMended();
        current = definer.withSinks(current, sinks);
    }

    /** A view that reads what is out of use is so, too; those that it reads were looked at before. */
    private void checkReads(ViewDefinition view) {
        StandingQuery query = view.query();
        for (long id : query == null ? Set.<Long>of() : ReadNumbers.of(query.root())) {
            MillraceException broken = failures.get(id);
            if (broken != null) {
                failures.put(view.id(), outOfUse(view, broken));
                return;
            }
        }
    }

    /** Views that can be planned again, or that the engine has not seen yet. */
    private void installMended() {
        for (ViewDefinition view : current.materializedViews()) {
            if (engine.views().status(view.id()) == null && !failures.containsKey(view.id())) {
                try {
                    List<ViewPlan> plans = plans(List.of(view));
                    if (!plans.isEmpty()) {
                        engine.views().installWaiting(plans);
                    }
                } catch (RuntimeException failure) {
                    failures.put(view.id(), outOfUse(view, failure));
                }
            }
        }
    }

    private void install(List<ViewDefinition> views) {
        List<ViewPlan> plans = plans(views);
        if (!plans.isEmpty()) {
            engine.views().install(plans);
        }
    }

    private static List<ViewPlan> plans(Collection<ViewDefinition> views) {
        List<ViewPlan> plans = new ArrayList<>();
        for (ViewDefinition view : views) {
            StandingQuery query = view.query();
            if (query != null) {
                plans.add(new ViewPlan(view.id(), view.name(), query));
            }
        }
        return plans;
    }

    private void open(StoredRelation definition) {
        if (definition instanceof TableDefinition table) {
            engine.tables().open(table);
        } else {
            engine.openStream((StreamDefinition) definition);
        }
    }

    private void close(CreatedObject definition) {
        if (definition instanceof TableDefinition) {
            engine.tables().drop(definition.id());
        } else if (definition instanceof StreamDefinition) {
            engine.dropStream(definition.id());
        }
    }

    private static MillraceException outOfUse(CreatedRelation definition, RuntimeException failure) {
        String name = definition.noun() + " \"" + definition.name() + "\"";
        if (failure instanceof MillraceException known) {
            LOGGER.error("{} is out of use: {}", name, failure.getMessage());
            return known;
        }
        LOGGER.error("{} is out of use", name, failure);
        return new MillraceException(ErrorCode.IO_ERROR, name + " cannot be opened: " + failure, failure);
    }

    /** Why a stream or table is out of use; null when it is not. */
    public @Nullable MillraceException failure(long id) {
        return failures.get(id);
    }

    /** Adds streams and tables as one change; the definitions come back with their ids. */
    public synchronized List<StoredRelation> create(List<? extends StoredRelation> definitions) {
        List<StoredRelation> created = new ArrayList<>();
        for (StoredRelation definition : definitions) {
            Relation present = current.relation(definition.name());
            if (present != null) {
                throw exists(present, definition.name());
            }
            created.add(definition.withId(++lastId));
        }
        log.write(List.of(), created);
        openOrUndo(created);
        current = current.with(created.toArray(StoredRelation[]::new));
        return created;
    }

    /** Gives streams that are there other options, as one change: from now on their statements are others. */
    public synchronized void alter(List<StreamDefinition> altered) {
        log.write(List.of(), altered);
        altered.forEach(engine::alterStream);
        current = current.with(altered.toArray(StreamDefinition[]::new));
    }

    /** Adds a sink; it comes back with its number. */
    public synchronized SinkDefinition createSink(String sql) {
        SinkDefinition sink = definer.sink(sql, current).withId(++lastId);
        log.write(List.of(), List.of(sink));
        current = current.withSink(sink);
        return sink;
    }

    /** The sink of a number, planned against what there is now. */
    public SinkDefinition plannedSink(long id) {
        CatalogSnapshot catalog = current;
        for (SinkDefinition sink : catalog.sinks()) {
            if (sink.id() == id) {
                return definer.sink(sink.sql(), catalog).withId(id);
            }
        }
        throw new MillraceException(ErrorCode.UNDEFINED_OBJECT, "sink number " + id + " has been dropped");
    }

    /** @param name as it is written now */
    private static MillraceException exists(Relation present, String name) {
        return new MillraceException(ErrorCode.DUPLICATE_OBJECT, present.noun() + " \"" + name + "\" exists already");
    }

    /** What a log cannot be made for must not be there after the next start. */
    private void openOrUndo(List<StoredRelation> created) {
        try {
            created.forEach(this::open);
        } catch (RuntimeException failure) {
            log.write(created, List.of());
            created.forEach(this::close);
            throw failure;
        }
    }

    /**
     * Adds a view, or puts it in the place of one of the same name; views that read that one are planned again.
     *
     * @param sql the statement that creates it
     */
    public synchronized void define(String sql, boolean replace) {
        ViewDefinition view = definer.view(sql, current).withId(++lastId);
        Relation present = current.relation(view.name());
        if (present == null) {
            install(List.of(view));
            try {
                log.write(List.of(), List.of(view));
            } catch (RuntimeException failure) {
                engine.views().remove(List.of(view.id()));
                throw failure;
            }
            current = withOutOfUseTried(current.with(view));
            installMended();
            return;
        }
        boolean isSameKind = present instanceof ViewDefinition known
                && (known.isMaterialized() == view.isMaterialized() || known.failure() != null);
        if (!replace || !isSameKind) {
            throw exists(present, view.name());
        }
        if (isRead(view)) {
            throw new MillraceException(ErrorCode.INVALID_STATEMENT, "view \"" + view.name() + "\" would read itself");
        }
        List<SinkDefinition> sinks = current.sinksOf(List.of(view.name()));
        if (!sinks.isEmpty()) {
            throw new MillraceException(
                            ErrorCode.DEPENDENT_OBJECTS,
                            view.noun() + " \"" + view.name() + "\" is read by sink \""
                                    + sinks.get(0).name() + "\"")
                    .withHint("Drop the sink first: what it has written goes on with the view as it is.");
        }
        replace((ViewDefinition) present, view);
    }

    /**
     * The new view, and the materialized views that read it, are filled beside the old ones, which serve until then; then all
     * are exchanged at once.
     */
    private void replace(ViewDefinition old, ViewDefinition view) {
        List<ViewDefinition> dropped = new ArrayList<>(List.of(old));
        List<ViewDefinition> created = new ArrayList<>(List.of(view));
        CatalogSnapshot changed = definer.withDependents(current.with(view), view, dependent -> {
            if (!dependent.isMaterialized()) {
                return dependent.id();
            }
            dropped.add(dependent);
            return ++lastId;
        });
        for (ViewDefinition each : changed.materializedViews()) {
            if (current.materializedViews().stream().noneMatch(known -> known.id() == each.id())
                    && each.id() != view.id()) {
                created.add(each);
            }
        }
        install(created);
        try {
            awaitFilled(created, dropped);
            log.write(dropped, created);
        } catch (RuntimeException failure) {
            engine.views().remove(created.stream().map(ViewDefinition::id).toList());
            throw failure;
        }
        current = withOutOfUseTried(changed);
        installMended();
        engine.views().remove(dropped.stream().map(ViewDefinition::id).toList());
    }

    /** Waits for new views; one that cannot be filled is refused, unless the old one of that name is out of use too. */
    private void awaitFilled(List<ViewDefinition> views, List<ViewDefinition> old) {
        for (ViewDefinition view : views) {
            if (!view.isMaterialized()) {
                continue;
            }
            try {
                Waits.join(engine.views().position(List.of(view.id()), 0));
            } catch (CompletionException failure) {
                if (!isOutOfUse(view.name(), old)) {
                    throw failure.getCause() instanceof MillraceException cause ? cause : failure;
                }
            }
        }
    }

    private boolean isOutOfUse(String name, List<ViewDefinition> old) {
        engine.flush(); // the old one may have yet to meet what the new one has met
        for (ViewDefinition view : old) {
            ViewStatus status = engine.views().status(view.id());
            if (CatalogSnapshot.key(view.name()).equals(CatalogSnapshot.key(name)) && status != null) {
                return status.failure() != null;
            }
        }
        return false;
    }

    /** Views that were out of use may read what has been mended. */
    private CatalogSnapshot withOutOfUseTried(CatalogSnapshot changed) {
        Map<Long, CatalogLog.Entry> broken = new TreeMap<>();
        for (ViewDefinition view : changed.views()) {
            if (view.failure() != null) {
                broken.put(view.id(), new CatalogLog.Entry(view.name(), view.sql(), CatalogLog.Kind.VIEW));
            }
        }
        String[] names = broken.values().stream().map(CatalogLog.Entry::name).toArray(String[]::new);
        return broken.isEmpty() ? changed : definer.withViews(changed.without(names), broken);
    }

    /** Whether a view that is about to be reads itself, or one that reads the view whose place it takes. */
    private boolean isRead(ViewDefinition view) {
        String name = CatalogSnapshot.key(view.name());
        return view.reads().contains(name)
                || current.dependents(List.of(name)).stream()
                        .anyMatch(dependent -> view.reads().contains(CatalogSnapshot.key(dependent.name())));
    }

    /** Removes what was created as one change; queries on the streams among it end. */
    public synchronized void drop(List<? extends CreatedObject> definitions) {
        log.write(definitions, List.of());
        current = current.without(names(definitions, CreatedRelation.class).toArray(String[]::new))
                .withoutSinks(names(definitions, SinkDefinition.class));
        engine.views()
                .remove(definitions.stream()
                        .filter(ViewDefinition.class::isInstance)
                        .map(CreatedObject::id)
                        .toList());
        for (CreatedObject definition : definitions) {
            failures.remove(definition.id());
            close(definition);
        }
    }

    private static List<String> names(List<? extends CreatedObject> objects, Class<? extends CreatedObject> kind) {
        return objects.stream()
                .filter(kind::isInstance)
                .map(CreatedObject::name)
                .toList();
    }
}
