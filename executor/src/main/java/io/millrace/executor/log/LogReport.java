package io.millrace.executor.log;

import io.millrace.executor.log.Manifest.GenerationStart;
import java.nio.file.Path;
import java.util.List;

/** What {@link LogVerifier} has found of a log. */
public final class LogReport {
    private final Path directory;
    private final List<Finding> findings;
    private final List<String> notes;
    private final boolean isManifestDamaged;
    private final BlockChain chain;
    private final List<GenerationStart> generations;

    LogReport(
            Path directory,
            List<Finding> findings,
            List<String> notes,
            boolean isManifestDamaged,
            BlockChain chain,
            List<GenerationStart> generations) {
        this.directory = directory;
        this.findings = List.copyOf(findings);
        this.notes = List.copyOf(notes);
        this.isManifestDamaged = isManifestDamaged;
        this.chain = chain;
        this.generations = List.copyOf(generations);
    }

    public Path directory() {
        return directory;
    }

    public List<Finding> findings() {
        return findings;
    }

    /** What is unusual, and no damage. */
    public List<String> notes() {
        return notes;
    }

    /** Whether blocks are missing that were on disk; else it is only the manifest that is damaged, or nothing. */
    public boolean lacksBlocks() {
        return chain.isDamaged();
    }

    /** How many blocks are there and whole, also behind those that are missing. */
    public long blocks() {
        return chain.taken();
    }

    /** How many blocks are whole, or trimmed, before the first that is missing, up to the end of an append. */
    public long wholeBlocks() {
        return chain.whole().end().nextLsn();
    }

    /** How many rows they hold. */
    public long wholeRows() {
        return chain.whole().end().rowCount();
    }

    boolean isManifestDamaged() {
        return isManifestDamaged;
    }

    BlockChain chain() {
        return chain;
    }

    List<GenerationStart> generations() {
        return generations;
    }
}
