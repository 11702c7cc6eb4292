package dev.lintel.cli;

import dev.lintel.policy.Policy;
import dev.lintel.policy.PolicyNotices;
import dev.lintel.policy.PolicyReader;
import dev.lintel.policy.PolicySchema;
import dev.lintel.policy.PolicyWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lintel config}: the policy document without a cluster. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Works with the policy document.",
    subcommands = {
      ConfigCommand.Validate.class,
      ConfigCommand.Show.class,
      ConfigCommand.Schema.class
    })
final class ConfigCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "which command?");
    }
  }

  private static LocalDate today() {
    return LocalDate.now(ZoneOffset.UTC);
  }

  /** {@code lintel config validate}. */
  @Command(
      name = "validate",
      mixinStandardHelpOptions = true,
      description = "Reads a document as strictly as the cluster does when it is written.",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:the document is good",
        "79:it has a problem",
        "64:the command line is wrong",
        "65:it cannot be read"
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  lintel config validate policy.yaml",
        "  kubectl get configmap lintel-policy -n lintel-system -o yaml | lintel config validate -"
      })
  static final class Validate implements Callable<Integer> {

    @Parameters(
        paramLabel = "FILE|-",
        description = "The document, or the ConfigMap that holds it; - for standard input.")
    private String file = "";

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
      if (spec == null) {
        throw new IllegalStateException("picocli has not set the command up");
      }
      PolicyText policy = PolicyText.of(file);
      PolicyReader.Reading reading = PolicyReader.readNew(policy.source(), policy.text(), today());
      reading.problems().forEach(spec.commandLine().getErr()::println);
      if (reading.policy().isEmpty()) {
        return ExitCodes.FINDINGS;
      }
      PolicyNotices.of(reading.policy().get(), today())
          .forEach(notice -> spec.commandLine().getErr().println("note: " + notice));
      spec.commandLine().getOut().println(policy.source() + ": good");
      return ExitCodes.OK;
    }
  }

  /** {@code lintel config show}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Prints the policy with the defaults filled in: what every rule does.",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:it was printed",
        "64:the command line is wrong",
        "65:the document cannot be read"
      },
      footerHeading = "%nExamples:%n",
      footer = {"  lintel config show --policy policy.yaml"})
  static final class Show implements Callable<Integer> {

    @Option(
        names = "--policy",
        paramLabel = "FILE",
        description = "The document; the built-in defaults if left out.")
    private @Nullable Path file;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
      if (spec == null) {
        throw new IllegalStateException("picocli has not set the command up");
      }
      Policy policy = file == null ? Policy.DEFAULT : Inputs.policy(file);
      spec.commandLine().getOut().print(PolicyWriter.write(policy));
      spec.commandLine().getOut().flush();
      return ExitCodes.OK;
    }
  }

  /** {@code lintel config schema}. */
  @Command(
      name = "schema",
      mixinStandardHelpOptions = true,
      description = "Prints the JSON Schema of the document, for editors.",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {"0:it was printed", "64:the command line is wrong"},
      footerHeading = "%nExamples:%n",
      footer = {"  lintel config schema > policy.schema.json"})
  static final class Schema implements Callable<Integer> {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
      if (spec == null) {
        throw new IllegalStateException("picocli has not set the command up");
      }
      spec.commandLine().getOut().print(PolicySchema.write());
      spec.commandLine().getOut().flush();
      return ExitCodes.OK;
    }
  }
}
