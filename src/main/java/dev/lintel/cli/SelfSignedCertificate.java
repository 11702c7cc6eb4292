package dev.lintel.cli;

import dev.lintel.certificate.Certified;
import dev.lintel.certificate.Issuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A certificate for trying Lintel out, valid for this machine and for the webhook's Service. It
 * signs itself, so a client trusts it by trusting the file.
 *
 * @param certificate the PEM file with the certificate
 * @param key the PEM file with the private key, readable by its owner only
 */
record SelfSignedCertificate(Path certificate, Path key) {

  private static final Duration VALIDITY = Duration.ofDays(30);
  private static final Issuer.Names NAMES =
      new Issuer.Names(
          List.of("lintel.lintel-system.svc", "localhost"), List.of("127.0.0.1", "::1"));

  /**
   * Makes a new certificate in a folder.
   *
   * @param folder exists
   */
  static SelfSignedCertificate in(Path folder) throws IOException {
    Certified made = Issuer.selfSigned(NAMES, Instant.now(), VALIDITY);
    return new SelfSignedCertificate(
        write(folder.resolve("tls.crt"), made.certificatesInPem(), "rw-r--r--"),
        write(folder.resolve("tls.key"), made.keyInPem(), "rw-------"));
  }

  private static Path write(Path file, String text, String permissions) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
    return Files.writeString(file, text);
  }
}
