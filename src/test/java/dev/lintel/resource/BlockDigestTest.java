package dev.lintel.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is compared carries what it is compared by, read or not. */
class BlockDigestTest {

  private static final String LIMIT = "{'connectionPool':{'http':{'http2MaxRequests':%s}}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'connectionPool':{'http':{'http2MaxRequests':100}}}   | {'connectionPool':{'http':{'http2MaxRequests':5000}}}
          {'connectionPool':{'http':{'idleTimeout':'1s'}}}       | {'connectionPool':{'http':{'idleTimeout':'2s'}}}
          {'connectionPool':{'tcp':{'idleTimeout':'1s'}}}        | {'connectionPool':{'http':{'idleTimeout':'1s'}}}
          {'connectionPool':{'tcp':{'a':1,'b':2}}}               | {'connectionPool':{'tcp':{'a':2,'b':1}}}
          {'connectionPool':{'tcp':{'a':1}}}                     | {'connectionPool':{'tcp':{'a':'1'}}}
          {'tls':{'mode':'SIMPLE','sni':'a'}}                    | {'tls':{'mode':'SIMPLE','sni':'b'}}
          {'tunnel':{'targetHost':'a'}}                          | {'tunnel':{'targetHost':'b'}}
          {'unread':[1,2]}                                       | {'unread':[2,1]}
          {'unread':[[1],[2]]}                                   | {'unread':[[1,2]]}
          {'unread':{}}                                          | {'unread':[]}
          {'unread':{}}                                          | {}
          {'portLevelSettings':[{'port':{'number':1},'x':1}]}    | {'portLevelSettings':[{'port':{'number':1},'x':2}]}
          """)
  void policiesThatDifferAnywhereAreNotEqual(String one, String other) throws Exception {
    assertThat(policy(one)).isNotEqualTo(policy(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'a':1,'b':{'c':[1,{'d':2,'e':3}]}} | {'b':{'c':[1,{'e':3,'d':2}]},'a':1}
          {'a':1,'b':null}                    | {'a':1}
          {'tls':{'mode':'SIMPLE'},'a':[]}    | {'a':[],'tls':{'mode':'SIMPLE'}}
          """)
  void theOrderOfFieldsAndWhatIsAbsentDoNotMatter(String one, String other) throws Exception {
    assertThat(policy(one)).isEqualTo(policy(other));
  }

  @Test
  void whatSetsNothingIsEqualToWhatIsNotThere() throws Exception {
    assertThat(policy("{}")).isEqualTo(TrafficPolicy.EMPTY);
  }

  @Test
  void whatStandsBesideTheBlockDoesNotCount() throws Exception {
    assertThat(rule("{'trafficPolicy':{'a':1},'host':'a','other':[{'b':2}]}"))
        .isEqualTo(rule("{'host':'a','trafficPolicy':{'a':1}}"));
  }

  @Property(tries = 500)
  void similarBlocksAreToldApart(@ForAll("limits") String one, @ForAll("limits") String other)
      throws Exception {
    Assume.that(!one.equals(other));
    assertThat(policy(LIMIT.formatted(one)).digest())
        .isNotEqualTo(policy(LIMIT.formatted(other)).digest());
  }

  @Provide
  Arbitrary<String> limits() {
    return Arbitraries.integers().between(0, 100_000).map(String::valueOf);
  }

  private static TrafficPolicy policy(String json) throws Exception {
    return rule("{'host':'a','trafficPolicy':" + json + "}").trafficPolicy().orElseThrow();
  }

  private static DestinationRule rule(String spec) throws Exception {
    byte[] json =
        ("{'metadata':{'name':'a','namespace':'b'},'spec':" + spec + "}")
            .replace('\'', '"')
            .getBytes(StandardCharsets.UTF_8);
    try (JsonParser parser = new JsonBody(json, json.length).parser()) {
      return (DestinationRule) Resources.read(Kind.DESTINATION_RULE, parser);
    }
  }
}
