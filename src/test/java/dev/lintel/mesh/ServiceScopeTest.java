package dev.lintel.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceScopeTest {

  @ParameterizedTest
  @EnumSource
  void aScopeIsFoundByItsSpelling(ServiceScope scope) {
    assertThat(ServiceScope.parse(scope.spelling())).contains(scope);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Global", " global", "global_only", "none", "true"})
  void anythingElseIsNoScope(String value) {
    assertThat(ServiceScope.parse(value)).isEmpty();
  }

  @Test
  void globalSegmentAndGlobalOnlyPeerAService() {
    assertThat(ServiceScope.values())
        .filteredOn(ServiceScope::isPeered)
        .containsExactly(ServiceScope.GLOBAL, ServiceScope.SEGMENT, ServiceScope.GLOBAL_ONLY);
  }
}
