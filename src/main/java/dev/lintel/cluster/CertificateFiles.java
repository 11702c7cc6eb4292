package dev.lintel.cluster;

import dev.lintel.certificate.Certified;
import dev.lintel.certificate.UnusableCertificateException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The files with the certificate that the webhook shows, and with its key.
 *
 * @param certificate in PEM, the server's own one first
 * @param key in PEM, without a password
 */
public record CertificateFiles(Path certificate, Path key) {

  /** Many times what a chain of certificates takes. */
  private static final long MAX_BYTES = 1 << 20;

  /**
   * Reads the files, and makes sure that they belong together.
   *
   * @return the server's certificate, which may have expired, and its key
   * @throws UnusableCertificateException if no server can use them
   */
  public Certified read() throws UnusableCertificateException {
    return Certified.read(certificate.toString(), text(certificate), key.toString(), text(key));
  }

  private static String text(Path file) throws UnusableCertificateException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new UnusableCertificateException(file + " is larger than 1 MiB");
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new UnusableCertificateException("no such file: " + file, e);
    } catch (IOException e) {
      throw new UnusableCertificateException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
