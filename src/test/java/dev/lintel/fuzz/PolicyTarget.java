package dev.lintel.fuzz;

import dev.lintel.policy.Policy;
import dev.lintel.policy.PolicyReader;
import dev.lintel.policy.PolicyWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a policy. */
final class PolicyTarget implements Target {

  private static final Pattern POLICY = Pattern.compile("(?m)^# policy: *\\{(.*)$");

  private static final String WHOLE =
      """
      apiVersion: lintel.dev/v1
      kind: Policy
      enforcement: deny
      rules: {TD-001: warn, DR-017: off}
      overrides:
        - namespaces: ["legacy-*"]
          namespaceSelector: {matchLabels: {a: b}, matchExpressions: [{key: a, operator: In, values: [b]}]}
          enforcement: warn
          rules: {TD-001: off}
      exemptions:
        - rules: [DR-003]
          resources: ["DestinationRule/bookinfo/reviews"]
          reason: migrating
          owner: mesh-team
          expires: 2027-01-31
      subjects: {ignoreUsers: ["system:*"], ignoreGroups: [a]}
      annotations: {allow: ["*"]}
      limits: {dependents: 50, warnings: 5, bodyKiB: 7168}
      platform:
        clusterDomain: cluster.local
        istio: {distribution: solo, version: "1.30", rootNamespace: istio-system}
        kgateway: {distribution: auto, istioIntegration: true, ingressUseWaypoints: auto, referenceGrantMode: strict}
        solo: {scopeSource: labels, globalDomain: mesh.internal, trafficDistributionOrder: {PreferClose: [zone, region]}}
        kubernetes: {version: "1.34"}
      """;

  @Override
  public List<byte[]> seeds() {
    List<String> seeds = new ArrayList<>(List.of(WHOLE));
    for (String sample : Material.samples()) {
      Matcher matcher = POLICY.matcher(sample);
      if (matcher.find()) {
        seeds.add("{apiVersion: lintel.dev/v1, kind: Policy, " + matcher.group(1) + "\n");
      }
    }
    return Material.bytes(seeds.stream().distinct().toList());
  }

  @Override
  public List<String> words() {
    return List.of(WHOLE.replaceAll("[\\[\\]{},:\"-]", " ").strip().split("\\s+")).stream()
        .distinct()
        .toList();
  }

  @Override
  public void take(byte[] input) {
    read(new String(input, StandardCharsets.UTF_8));
  }

  @Override
  public void check(byte[] input) {
    PolicyReader.Reading reading = read(new String(input, StandardCharsets.UTF_8));
    Must.hold(
        reading.policy().isPresent() == reading.problems().isEmpty(),
        "there is a policy and a problem, or none of them");
    for (String problem : reading.problems()) {
      Must.beOneLine(problem);
      Must.hold(!problem.contains("cannot be read: class"), "something broke: " + problem);
    }
    reading.policy().ifPresent(PolicyTarget::checkWriting);
  }

  private static void checkWriting(Policy policy) {
    String text = PolicyWriter.write(policy);
    PolicyReader.Reading again = read(text);
    Must.hold(again.problems().isEmpty(), "what is written cannot be read: " + again.problems());
    Must.hold(
        parts(again.policy().get()).equals(parts(policy)),
        "what is written is read as another policy: " + text);
  }

  /** All but the actions of rules, which are written for every rule, by default or not. */
  private static List<Object> parts(Policy policy) {
    return List.of(
        policy.enforcement(),
        policy.overrides(),
        policy.exemptions(),
        policy.ignoreUsers(),
        policy.ignoreGroups(),
        policy.annotated(),
        policy.disclose(),
        policy.limits(),
        policy.platform());
  }

  private static PolicyReader.Reading read(String text) {
    return PolicyReader.read("policy", text);
  }
}
