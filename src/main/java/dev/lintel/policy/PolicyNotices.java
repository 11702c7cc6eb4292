package dev.lintel.policy;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** What an administrator should hear about a policy that is otherwise good. */
public final class PolicyNotices {

  /** How long before its end an exemption is warned about, in days. */
  public static final int NOTICE_DAYS = 14;

  private PolicyNotices() {}

  /** Returns the exemptions that have ended or will end soon, each as one sentence. */
  public static List<String> of(Policy policy, LocalDate today) {
    return policy.exemptions().stream().flatMap(exemption -> of(exemption, today)).toList();
  }

  private static Stream<String> of(Exemption exemption, LocalDate today) {
    if (!exemption.countsOn(today)) {
      return exemption.expires().stream()
          .map(
              last ->
                  "the exemption of %s ended on %s and does not count any more: %s"
                      .formatted(exemption.resources(), last, exemption.spoken()));
    }
    return exemption.endsWithin(today, NOTICE_DAYS)
        ? exemption.expires().stream()
            .map(
                last ->
                    "the exemption of %s ends on %s: %s"
                        .formatted(exemption.resources(), last, exemption.spoken()))
        : Stream.empty();
  }
}
