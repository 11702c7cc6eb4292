package dev.lintel.samples;

import dev.lintel.manifest.Manifest;
import dev.lintel.manifest.ManifestText;
import dev.lintel.policy.Policy;
import dev.lintel.sample.Sample;
import dev.lintel.topology.Topology;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A sample as the command line and the webhook meet it: with its texts.
 *
 * @param file the sample
 * @param cluster the objects that exist
 * @param policy the policy
 * @param user who writes
 * @param written the text with the written object, and no other
 * @param before the object as it was; empty if it is created
 */
public record WrittenSample(
    Path file,
    Topology cluster,
    Policy policy,
    String user,
    ManifestText written,
    Optional<Manifest> before) {

  /** Reads every sample. */
  public static List<WrittenSample> all() throws IOException {
    return RuleSamplesTest.samples().stream().map(Sample::read).map(WrittenSample::of).toList();
  }

  private static WrittenSample of(Sample sample) {
    return new WrittenSample(
        sample.file(),
        sample.cluster(),
        sample.policy(),
        sample.write().user(),
        sample.written().text(),
        sample.before());
  }

  /** Returns the same sample with another text. */
  public WrittenSample with(ManifestText text) {
    return new WrittenSample(file, cluster, policy, user, text, before);
  }

  /** Returns the same sample under another policy about the same installation. */
  public WrittenSample under(Policy other) {
    return new WrittenSample(
        file, cluster, other.withPlatform(policy.platform()), user, written, before);
  }
}
