package dev.lintel.sample;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.judge.Judge;
import dev.lintel.judge.Verdict;
import dev.lintel.judge.Write;
import dev.lintel.manifest.Manifest;
import dev.lintel.policy.Policy;
import dev.lintel.topology.Topology;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A sample: the cluster's state, a write, and what is expected of it, in one file.
 *
 * <pre>
 * # policy: {rules: {DR-001: warn}}      optional, keys of the policy document
 * # cluster: gateway, shop               optional, names of files in _clusters, and objects that follow
 * ---
 * # before:                              for an update: the object as it was
 * ---
 * # write: CREATE                        or UPDATE; optionally "by USER"
 * kind: Service
 *   key: value   # expect: TD-001 deny "part of the message"
 *   key: value   # expect: DR-001 warn on DestinationRule/shop/cart "part of the message"
 * </pre>
 *
 * <p>What is expected is all that may be said: any other warning or denial fails the sample. The
 * folder {@code _clusters} is looked for beside the sample and in the folders above.
 *
 * @param file where it stands
 * @param policy what the administrator decided
 * @param setUps the names of the set-ups that its cluster builds on
 * @param cluster the objects that exist
 * @param write what is judged
 * @param written the written object, where it stands in the file
 * @param before the object as it was, where it stands in the file; empty if it is created
 * @param expectations what is expected, in the order of the lines
 */
public record Sample(
    Path file,
    Policy policy,
    List<String> setUps,
    Topology cluster,
    Write write,
    Manifest written,
    Optional<Manifest> before,
    List<Expectation> expectations) {

  /** Copies the lists, so that the record is immutable. */
  public Sample {
    setUps = List.copyOf(setUps);
    expectations = List.copyOf(expectations);
  }

  /**
   * Reads a sample under the built-in policy, unless it has one of its own.
   *
   * @throws MalformedSampleException if it cannot be read
   */
  public static Sample read(Path file) {
    return read(file, Policy.DEFAULT);
  }

  /**
   * Reads a sample.
   *
   * @param policy in force unless the sample has one of its own
   * @throws MalformedSampleException if it cannot be read
   */
  public static Sample read(Path file, Policy policy) {
    return SampleReader.of(file).read(policy);
  }

  /**
   * Reads a sample that is no file.
   *
   * @param name what it is called, for messages
   * @param text the sample
   * @param setUps returns a set-up by the name of its file; empty if there is none
   * @throws MalformedSampleException if it cannot be read
   */
  public static Sample read(
      Path name, String text, Function<String, Optional<List<Manifest>>> setUps) {
    return new SampleReader(name, setUps::apply).read(text, Policy.DEFAULT);
  }

  /** Judges the write. */
  public Verdict verdict() {
    return new Judge(RuleCatalogue.complete()).judge(cluster, write, policy);
  }
}
