package dev.lintel.report;

import dev.lintel.judge.Judged;
import dev.lintel.report.CheckReport.Entry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/** Tells a finding from others in a way that does not change when it moves within its file. */
final class Fingerprint {

  /** The name under which reports have it; the number changes when its making does. */
  static final String NAME = "lintelFinding/v1";

  private Fingerprint() {}

  /** Returns the fingerprint, in hexadecimal. */
  static String of(Entry entry, Judged judged) {
    String identity =
        String.join(
            "\n",
            List.of(
                SourcePath.relative(entry.manifest().source()),
                entry.verdict().object().toString(),
                judged.subject().toString(),
                judged.rule().code(),
                judged.finding().field().text(),
                String.join("\n", new TreeSet<>(judged.finding().about()))));
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(identity.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
