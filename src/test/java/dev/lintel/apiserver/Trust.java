package dev.lintel.apiserver;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whom a client of the tests believes: the certificates of one file, and nobody else. */
final class Trust {

  private Trust() {}

  /** Returns a context that trusts the certificates of a file in PEM. */
  static SSLContext in(Path certificates) {
    try {
      return of(Files.readString(certificates));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a context that trusts the certificates of a text in PEM. */
  static SSLContext of(String certificates) {
    byte[] text = certificates.getBytes(StandardCharsets.ISO_8859_1);
    try (InputStream in = new ByteArrayInputStream(text)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("trusted-" + trusted.size(), one);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
