package dev.lintel.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProtocolsTest {

  @Test
  void theNameOfAPortBeginsWithItsProtocol() {
    assertThat(Protocols.isHttpByName("http-admin").isYes()).isTrue();
    assertThat(Protocols.isHttpByName("HTTP").isYes()).isTrue();
    assertThat(Protocols.isHttpByName("grpc-web-api").isYes()).isTrue();
    assertThat(Protocols.isHttpByName("tcp-http").isNo()).isTrue();
    assertThat(Protocols.isHttpByName("https").isNo()).isTrue();
  }

  @Test
  void aPortThatNamesNoProtocolMayCarryAnything() {
    assertThat(Protocols.isHttpByName("web").isUnknown()).isTrue();
    assertThat(Protocols.isHttpByName("").isUnknown()).isTrue();
    assertThat(Protocols.isHttp("").isUnknown()).isTrue();
  }

  @Test
  void http2InClearIsHttp() {
    assertThat(Protocols.isHttp("kubernetes.io/h2c").isYes()).isTrue();
    assertThat(Protocols.isHttp("HTTP2").isYes()).isTrue();
    assertThat(Protocols.isHttp("TLS").isNo()).isTrue();
  }
}
