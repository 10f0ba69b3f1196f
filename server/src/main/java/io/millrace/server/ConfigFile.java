package io.millrace.server;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Takes the defaults of options from the file that {@code --config} names; an unknown key is an error. */
final class ConfigFile implements IDefaultValueProvider {
    private static final String OPTION = "--config";

    private @Nullable Path loadedFrom;
    private Properties values = new Properties();

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!argument.isOption() || ((OptionSpec) argument).longestName().equals(OPTION)) {
            return null;
        }
        CommandSpec command = argument.command();
        OptionSpec config = command.findOption(OPTION);
        Path file = config == null ? null : config.getValue();
        if (file == null) {
            return null;
        }
        if (!file.equals(loadedFrom)) {
            values = load(command, file);
            loadedFrom = file;
        }
        return values.getProperty(key((OptionSpec) argument));
    }

    private static Properties load(CommandSpec command, Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (NoSuchFileException missing) {
            throw new ParameterException(command.commandLine(), "there is no file " + file, missing);
        } catch (IOException | IllegalArgumentException failure) {
            throw new ParameterException(command.commandLine(), "cannot read " + file + ": " + failure, failure);
        }
        Set<String> known = new TreeSet<>();
        command.options().stream().filter(option -> !isMeta(option)).forEach(option -> known.add(key(option)));
        for (String name : properties.stringPropertyNames()) {
            if (!known.contains(name)) {
                throw new ParameterException(
                        command.commandLine(),
                        file + ": unknown key \"" + name + "\"; known are " + String.join(", ", known));
            }
        }
        return properties;
    }

    private static boolean isMeta(OptionSpec option) {
        return option.usageHelp()
                || option.versionHelp()
                || option.longestName().equals(OPTION);
    }

    private static String key(OptionSpec option) {
        return option.longestName().substring(2);
    }
}
