package dev.lintel.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.cost.Shop;
import dev.lintel.manifest.Manifest;
import dev.lintel.policy.Limits;
import dev.lintel.webhook.Entrance;
import dev.lintel.webhook.Entrance.Answered;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A body that is sent to the webhook. */
final class ReviewTarget implements Target {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Set<String> JUDGED = Set.of("Service", "ServiceEntry", "DestinationRule");

  /** Of what is longer than its limit, the first part is read, whatever that is. */
  private static final int MAX_REORDERED = 2_000;

  /** Findings, how many more there are, and what was not judged or may be old. */
  private static final int MAX_WARNINGS = Limits.DEFAULT.warnings() + 3;

  /** Above this sum the API server cuts warnings. */
  private static final int MAX_WARNED = 4096;

  /** Every version of a group is read alike. */
  private static final Map<String, String> OTHER_VERSIONS =
      Map.of(
          "networking.istio.io/v1", "networking.istio.io/v1beta1",
          "networking.istio.io/v1beta1", "networking.istio.io/v1alpha3",
          "networking.istio.io/v1alpha3", "networking.istio.io/v1",
          "gateway.networking.k8s.io/v1", "gateway.networking.k8s.io/v1beta1");

  private static final String REQUEST =
      "{'apiVersion':'admission.k8s.io/v1','kind':'AdmissionReview','request':{"
          + "'uid':'7f1c','kind':{'group':'%s','version':'v1','kind':'%s'},'namespace':'shop',"
          + "'name':'cart','userInfo':{'username':'ann','groups':['team']},"
          + "'operation':'%s','object':";

  private final Entrance entrance = new Entrance(Shop.topology());

  @Override
  public List<byte[]> seeds() {
    List<String> seeds = new ArrayList<>();
    for (Manifest manifest : Material.objects()) {
      if (JUDGED.contains(manifest.kindName())) {
        seeds.add(review(manifest, "CREATE", ""));
        seeds.add(review(manifest, "UPDATE", ",\"oldObject\":{\"metadata\":{\"name\":\"a\"}}"));
      }
    }
    return Material.bytes(seeds);
  }

  @Override
  public List<String> words() {
    return Material.words(seeds());
  }

  @Override
  public void take(byte[] input) {
    entrance.answer(input);
  }

  @Override
  public void check(byte[] input) {
    Answered answered = entrance.answer(input);
    checkForm(answered);
    if (answered.uid().isPresent() && input.length <= MAX_REORDERED) {
      Reordered.of(input, text -> text)
          .ifPresent(same -> checkSame("the order of fields", answered, entrance.answer(same)));
      Reordered.of(input, text -> OTHER_VERSIONS.getOrDefault(text, text))
          .ifPresent(same -> checkSame("the version", answered, entrance.answer(same)));
    }
  }

  private static void checkForm(Answered answered) {
    JsonNode document = parsed(answered.text());
    if (answered.uid().isEmpty()) {
      Must.hold(document.path("kind").asText().equals("Status"), "a refusal is a status");
      return;
    }
    JsonNode response = document.path("response");
    Must.hold(
        response.path("uid").asText().equals(answered.uid().get()), "the answer has another UID");
    Must.hold(
        response.path("allowed").isBoolean(), "the answer does not say whether it is allowed");
    Must.hold(response.path("warnings").size() <= MAX_WARNINGS, "there are too many warnings");
    int sum = 0;
    for (JsonNode warning : response.path("warnings")) {
      Must.beOneLine(warning.asText());
      sum += warning.asText().length();
    }
    Must.hold(sum <= MAX_WARNED, "the warnings are longer than the API server takes");
    Must.beOneLineIfAny(response.path("status").path("message").asText());
  }

  /** Where several things are wrong, another may be told first. */
  private static void checkSame(String what, Answered one, Answered other) {
    JsonNode first = parsed(one.text());
    JsonNode second = parsed(other.text());
    boolean isUnread = first.toString().contains("could not read the object");
    Must.hold(
        isUnread ? second.toString().contains("could not read the object") : first.equals(second),
        "%s changes the answer: %s and %s".formatted(what, first, second));
  }

  private static JsonNode parsed(byte[] text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new AssertionError("the answer is not JSON", e);
    }
  }

  private static String review(Manifest manifest, String operation, String more) {
    int slash = manifest.apiVersion().indexOf('/');
    String group = slash < 0 ? "" : manifest.apiVersion().substring(0, slash);
    return REQUEST.formatted(group, manifest.kindName(), operation).replace('\'', '"')
        + manifest.json()
        + more
        + "}}";
  }
}
