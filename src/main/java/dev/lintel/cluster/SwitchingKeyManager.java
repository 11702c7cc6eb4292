package dev.lintel.cluster;

import dev.lintel.certificate.Certified;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows one certificate after the other. What to show is the JDK's decision as ever: there is one
 * of its key managers for each certificate. A handshake that has begun with the one before ends
 * with that one.
 */
final class SwitchingKeyManager extends X509ExtendedKeyManager {

  /** Key stores have passwords; these are in memory only. */
  private static final char[] NO_PASSWORD = {};

  private volatile Shown shown;

  SwitchingKeyManager(Certified first) {
    X509ExtendedKeyManager manager = manager(first);
    shown = new Shown(first, manager, manager);
  }

  private record Shown(
      Certified certified, X509ExtendedKeyManager now, X509ExtendedKeyManager before) {}

  /** Returns what is shown to whoever connects now. */
  Certified current() {
    return shown.certified;
  }

  /** Shows another one from now on. */
  synchronized void show(Certified next) {
    shown = new Shown(next, manager(next), shown.now);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    return shown.now.chooseEngineServerAlias(keyType, issuers, engine);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, Socket socket) {
    return shown.now.chooseServerAlias(keyType, issuers, socket);
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return shown.now.getServerAliases(keyType, issuers);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return both()
        .map(one -> one.getCertificateChain(alias))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return both()
        .map(one -> one.getPrivateKey(alias))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** Lintel's endpoint is nobody's client. */
  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }

  /** Returns a key store with nothing else in it. */
  static KeyStore keyStore(Certified certified) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry(
          alias(certified),
          certified.key(),
          NO_PASSWORD,
          certified.chain().toArray(X509Certificate[]::new));
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("a key and its certificate go into a key store", e);
    }
  }

  private Stream<X509ExtendedKeyManager> both() {
    Shown known = shown;
    return Stream.of(known.now, known.before);
  }

  /** By its name one is told from the other. */
  private static String alias(Certified certified) {
    return certified.certificate().getSerialNumber().toString(16)
        + "-"
        + Integer.toHexString(certified.certificate().hashCode());
  }

  private static X509ExtendedKeyManager manager(Certified certified) {
    try {
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(keyStore(certified), NO_PASSWORD);
      return Stream.of(factory.getKeyManagers())
          .filter(X509ExtendedKeyManager.class::isInstance)
          .map(X509ExtendedKeyManager.class::cast)
          .findFirst()
          .orElseThrow();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has a key manager", e);
    }
  }
}
