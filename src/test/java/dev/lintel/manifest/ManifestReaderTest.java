package dev.lintel.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Resource;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read of a text object by object, and which texts are too much. */
class ManifestReaderTest {

  private static final String SERVICE = "apiVersion: v1\nkind: Service\nmetadata: {name: cart}\n";
  private static final String INDENTED = "- " + SERVICE.strip().replace("\n", "\n  ") + "\n";

  @TempDir Path folder;

  static Stream<Path> shipped() throws Exception {
    List<Path> files = new ArrayList<>(ManifestFiles.in(Path.of("samples"), true));
    files.addAll(ManifestFiles.in(Path.of("deploy"), true));
    files.addAll(ManifestFiles.in(Path.of("webhook-config"), true));
    return files.stream();
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void objectByObjectTheSameIsReadAsFromTheWholeText(Path file) throws Exception {
    List<Resource> expected = new ArrayList<>();
    for (Manifest manifest : ManifestText.read("all", Files.readString(file)).manifests()) {
      manifest.resource().ifPresent(expected::add);
    }
    assertThat(resources(Files.readString(file))).isEqualTo(expected);
  }

  @Test
  void aListMaySayAtItsEndThatItIsOne() throws Exception {
    assertThat(resources("apiVersion: v1\nitems:\n" + INDENTED + INDENTED + "kind: List\n"))
        .extracting(Resource::name)
        .containsExactly("cart", "cart");
  }

  @Test
  void theItemsOfWhatIsNoListAreNoObjects() throws Exception {
    String values = "items:\n" + INDENTED + "- {kind: Service}\n";
    String other = "apiVersion: example.com/v1\nkind: Basket\n" + values;
    assertThat(resources(values + "---\n" + other)).isEmpty();
  }

  @Test
  void aBadItemOfAListIsNamedWithItsPlace() {
    assertThatThrownBy(() -> resources("kind: List\nitems:\n" + INDENTED + "- kind: Service\n"))
        .hasMessage("all.yaml:6:3: the object has no apiVersion");
  }

  @Test
  void anAliasIntoTheItemsIsFollowed() throws Exception {
    String list =
        "kind: List\nitems:\n- &cart "
            + "{apiVersion: v1, kind: Service, metadata: &named {name: cart}}\n"
            + "- {apiVersion: v1, kind: Namespace, metadata: *named}\n- *cart\n";
    assertThat(resources(list)).hasSize(3).extracting(Resource::name).containsOnly("cart");
  }

  @Test
  void anObjectThatCannotBeReadIsToldAndTheOthersCount() throws Exception {
    List<MalformedObjectException> problems = new ArrayList<>();
    String bad = SERVICE.replace("cart", "5");
    List<Resource> read =
        Manifests.resources(
            "all.yaml", new StringReader(bad + "---\n" + SERVICE), "default", problems::add);
    assertThat(read).hasSize(1);
    assertThat(problems)
        .singleElement()
        .satisfies(problem -> assertThat(problem).hasMessageContaining("all.yaml:3:12: Service:"));
  }

  @Test
  void aTextThatIsNotUtf8IsNamed() throws Exception {
    Path file = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe4});
    assertThatThrownBy(() -> ManifestFiles.resources(file, "default", problem -> {}))
        .hasMessageContaining("latin.yaml is not text in UTF-8");
  }

  @Test
  void anObjectMayBeNestedAsDeeplyAsAnyHonestOneIs() throws Exception {
    assertThat(resources(SERVICE + "status: " + "[".repeat(400) + "]".repeat(400))).hasSize(1);
  }

  @Test
  void blocksThatAreNestedTooDeeplyAreNamedWithTheirLine() {
    StringBuilder deep = new StringBuilder(SERVICE + "spec:\n");
    for (int i = 1; i < 3_000; i++) {
      deep.repeat(' ', i).append("a:\n");
    }
    assertThatThrownBy(() -> resources(deep.toString()))
        .hasMessage("all.yaml:504:501: the document is nested more than 500 levels deep");
  }

  @Test
  void bracketsThatAreNestedTooDeeplyAreNamedWithTheirLine() {
    String deep = SERVICE + "spec: " + "[".repeat(200_000);
    assertThatThrownBy(() -> resources(deep))
        .hasMessage("all.yaml:4:506: the document is nested more than 500 levels deep");
    assertThatThrownBy(() -> ManifestText.read("all.yaml", deep))
        .hasMessageContaining("nested more than 500 levels deep");
  }

  @Test
  void aTextThatIsRepeatedTooOftenIsNamedWithItsLine() {
    String bomb =
        SERVICE
            + "data:\n  a: &a '"
            + "x".repeat(1 << 20)
            + "'\n  all: ["
            + "*a, ".repeat(10_000)
            + "]\n";
    assertThatThrownBy(() -> resources(bomb))
        .hasMessageContaining("all.yaml:5:6: the object is nested too deeply, repeats itself");
  }

  private static List<Resource> resources(String text) throws Exception {
    return Manifests.resources(
        "all.yaml",
        new StringReader(text),
        "default",
        problem -> {
          throw new IllegalStateException(problem);
        });
  }
}
