package io.millrace.server;

import io.millrace.error.MillraceException;
import io.millrace.settings.SettingDefinition;
import io.millrace.settings.Settings;
import io.millrace.settings.SettingsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Gives a command the settings' short options, and reads the settings: what the command line says goes before the file,
 * and the file before the defaults. The environment names at most the file, since names like {@code MILLRACE_PORT} are
 * given by container platforms to other ends.
 */
final class SettingOptions implements IModelTransformer {
    private static final String FILE_VARIABLE = "MILLRACE_CONFIG";
    private static final Path DEFAULT_FILE = Path.of("millrace.properties");

    @Override
    public CommandSpec transform(CommandSpec command) {
        for (SettingDefinition definition : ServerSettings.SCHEMA.definitions()) {
            if (!definition.option().isEmpty()) {
                command.addOption(OptionSpec.builder(definition.option())
                        .type(String.class)
                        .paramLabel(definition.type().toUpperCase(java.util.Locale.ROOT))
                        .description(definition.description() + "%n(" + definition.key() + ", default: "
                                + definition.defaultText().replace("%", "%%") + ")")
                        .build());
            }
        }
        return command;
    }

    /**
     * The settings that hold.
     *
     * @param file null when the command line names none
     * @param given with {@code --set}
     * @throws MillraceException when one is unknown or wrong
     */
    static Settings read(
            ParseResult arguments, Optional<Path> file, Map<String, String> given, Map<String, String> environment) {
        Settings settings = ServerSettings.SCHEMA.defaults();
        Optional<Path> source = file.or(() ->
                        Optional.ofNullable(environment.get(FILE_VARIABLE)).map(Path::of))
                .or(() -> Optional.of(DEFAULT_FILE).filter(Files::exists));
        if (source.isPresent()) {
            settings =
                    settings.with(SettingsFile.read(source.get()), source.get().toString());
        }
        for (SettingDefinition definition : settings.definitions()) {
            OptionSpec option = definition.option().isEmpty() ? null : arguments.matchedOption(definition.option());
            if (option != null) {
                settings = settings.with(definition.key(), option.getValue(), definition.option());
            }
        }
        return settings.with(given, "--set");
    }
}
