package dev.lintel.cli;

import dev.lintel.assertion.AssertionReport;
import dev.lintel.assertion.Assertor;
import dev.lintel.assertion.format.AssertionFormat;
import dev.lintel.assertion.format.AssertionGithub;
import dev.lintel.assertion.format.AssertionJson;
import dev.lintel.assertion.format.AssertionJunit;
import dev.lintel.assertion.format.AssertionText;
import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.cli.StateOptions.State;
import dev.lintel.explain.Explainer;
import dev.lintel.judge.Judge;
import dev.lintel.policy.Assertions;
import dev.lintel.report.JsonReport.Syntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lintel assert}: what somebody says of paths, held against a state. */
@Command(
    name = "assert",
    description = {
      "Tells whether what a document says of paths from Gateways to hosts is so: that they pass a"
          + " waypoint, lead to no Pod in clear, come from certain Gateways only, or that endpoints"
          + " are picked by a traffic distribution, or that somebody reads a DestinationRule.",
      "",
      "What is not so is shown with a path, leg by leg. What cannot be told breaks nothing, unless"
          + " --strict is given.",
      ""
    },
    exitCodeList = {
      "0:no assertion is broken",
      "79:one is broken; or, with --strict, could not be told",
      "64:the command line is wrong",
      "65:a file or a cluster cannot be read"
    },
    footer = {
      "  lintel assert -f assertions.yaml --live",
      "  lintel assert -f assertions.yaml --cluster-state cluster --as-if istio=1.31",
      "  lintel assert -f assertions.yaml deploy -o junit --strict"
    })
final class AssertCommand extends Subcommand {

  enum Format {
    TEXT,
    JSON,
    YAML,
    JUNIT,
    GITHUB
  }

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE|DIR|-",
      description =
          "Manifests, with the folders below a folder. They count before objects that exist of the"
              + " same name.")
  private List<String> inputs = new ArrayList<>();

  @Option(
      names = {"-f", "--filename"},
      paramLabel = "FILE|-",
      description = "The document with the assertions.")
  private @Nullable String document;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "Where objects are that name no namespace.")
  private @Nullable String namespace;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json|yaml|junit|github",
      defaultValue = "text",
      description = "Format of the report; text if left out.")
  private Format format = Format.TEXT;

  @Option(names = "--strict", description = "End with 79 where something could not be told, too.")
  private boolean isStrict;

  @Option(
      names = "--schema",
      description = "Print the JSON Schema of the document, and nothing else.")
  private boolean printsSchema;

  @Mixin private StateOptions state = new StateOptions();

  @Override
  public Integer call() {
    if (printsSchema) {
      out().print(Assertions.schema());
      out().flush();
      return ExitCodes.OK;
    }
    if (document == null) {
      throw misused("say which document has the assertions: -f");
    }
    if (!state.isGiven() && inputs.isEmpty()) {
      if (!isPluginOfKubectl()) {
        throw misused("say where the objects are: files, folders, --cluster-state or --live");
      }
      state.chooseCurrentCluster();
    }
    Assertions.Reading reading = Assertions.read(Inputs.nameOf(document), Inputs.text(document));
    Assertions assertions =
        reading.assertions().orElseThrow(() -> UnreadableException.of(reading.problems()));
    AssertionReport report = report(assertions);
    format(Inputs.nameOf(document)).write(report, out());
    out().flush();
    return report.fails(isStrict) ? ExitCodes.FINDINGS : ExitCodes.OK;
  }

  private AssertionReport report(Assertions assertions) {
    try (Ticker ticker = new Ticker(err(), terminal().showsProgress(), System::nanoTime)) {
      String home = state.namespace(Optional.ofNullable(namespace));
      State known =
          state
              .read(Set.of(home), ticker, err())
              .with(
                  Inputs.objects(
                      new Inputs.Source(inputs, true, List.of(), home),
                      ticker,
                      notes -> StateOptions.tell(notes, err())));
      Explainer explainer =
          new Explainer(known.topology(), known.policy(), new Judge(RuleCatalogue.complete()));
      return new Assertor(known.topology(), explainer, known.gaps()).check(assertions.all());
    }
  }

  private AssertionFormat format(String source) {
    return switch (format) {
      case TEXT -> new AssertionText(style());
      case JSON -> new AssertionJson(Syntax.JSON);
      case YAML -> new AssertionJson(Syntax.YAML);
      case JUNIT -> new AssertionJunit(source, isStrict);
      case GITHUB -> new AssertionGithub(source, isStrict);
    };
  }
}
