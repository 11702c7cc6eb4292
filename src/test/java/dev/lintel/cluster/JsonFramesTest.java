package dev.lintel.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.resource.JsonBody;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFramesTest {

  @Test
  void membersAreCutAtTheirBrackets() throws Exception {
    assertThat(members("{\"a\":{\"b\":[1,{}]}, \"c\" : [ ] ,\"d\":null,\"e\":-1.5e3,\"f\":true}"))
        .containsExactly("a={\"b\":[1,{}]}", "c=[ ]", "d=null", "e=-1.5e3", "f=true");
  }

  @Test
  void bracketsAndQuotationMarksInTextsAreText() throws Exception {
    assertThat(members("{\"a\":\"}]{[,:\",\"b\":\"\\\"}\",\"c\":\"\\\\\",\"d\":{\"}\":\"{\"}}"))
        .containsExactly("a=\"}]{[,:\"", "b=\"\\\"}\"", "c=\"\\\\\"", "d={\"}\":\"{\"}");
  }

  @Test
  void oneObjectFollowsTheOther() throws Exception {
    assertThat(members("\n{\"a\":1}\n\n{}{\"b\":2} \n")).containsExactly("a=1", "b=2");
  }

  @Test
  void anEmptyStreamHasNoObject() throws Exception {
    assertThat(members("")).isEmpty();
    assertThat(members(" \n")).isEmpty();
  }

  @Test
  void aValueMayBeNestedAsDeepAsItLikes() throws Exception {
    String deep = "[".repeat(1_000_000) + "]".repeat(1_000_000);
    assertThat(members("{\"a\":" + deep + ",\"b\":1}")).containsExactly("a=" + deep, "b=1");
  }

  @Test
  void ofAValueThatIsTooLargeTheBeginningIsKeptAndTheNextOneIsFound() throws Exception {
    String large = "{\"a\":\"" + "x".repeat(JsonFrames.MAX_VALUE) + "\",\"b\":1}";
    JsonFrames frames = frames("{\"large\":" + large + ",\"small\":2}");
    frames.nextDocument();
    frames.nextMember();
    JsonBody value = frames.value();
    assertThat(frames.isCut()).isTrue();
    assertThat(value.length()).isEqualTo(JsonFrames.MAX_VALUE);
    assertThat(text(value)).startsWith("{\"a\":\"xxx");
    frames.nextMember();
    assertThat(text(frames.value())).isEqualTo("2");
    assertThat(frames.isCut()).isFalse();
  }

  @Test
  void memoryForALargeValueIsGivenBack() throws Exception {
    String large = "\"" + "x".repeat(1 << 20) + "\"";
    JsonFrames frames = frames("{\"a\":" + large + ",\"b\":2,\"c\":3}");
    frames.nextDocument();
    frames.nextMember();
    assertThat(frames.value().bytes().length).isGreaterThan(1 << 20);
    frames.nextMember();
    frames.value();
    frames.nextMember();
    assertThat(frames.value().bytes().length).isLessThan(1 << 20);
  }

  @Test
  void aNameOfAnyLengthIsPassedOver() throws Exception {
    String name = "n".repeat(100_000);
    JsonFrames frames = frames("{\"" + name + "\":1,\"b\":2}");
    frames.nextDocument();
    frames.nextMember();
    assertThat(frames.name().length()).isLessThan(5000);
    frames.skip();
    frames.nextMember();
    assertThat(frames.name()).isEqualTo("b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"a",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":{",
        "{\"a\":\"b",
        "{\"a\":1",
        "{\"a\":1,"
      })
  void aStreamThatEndsInTheMiddleIsAnError(String json) {
    assertThatThrownBy(() -> members(json)).isInstanceOf(EOFException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "[]", "{\"a\":}", "{\"a\":,}", "{\"a\" 1}", "{}}", "{\"a\":]}"})
  void whatIsNoJsonIsAnErrorAndNeverWithoutAnEnd(String json) {
    assertThatThrownBy(() -> members(json)).isInstanceOf(IOException.class);
  }

  /** Reads in pieces of one byte, and all at once: it makes no difference. */
  private static List<String> members(String json) throws IOException {
    List<String> all = members(frames(json));
    assertThat(members(new JsonFrames(new Drip(json)))).isEqualTo(all);
    return all;
  }

  private static List<String> members(JsonFrames frames) throws IOException {
    List<String> members = new ArrayList<>();
    while (frames.nextDocument()) {
      while (frames.nextMember()) {
        members.add(frames.name() + "=" + text(frames.value()));
      }
    }
    return members;
  }

  private static JsonFrames frames(String json) {
    return new JsonFrames(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static String text(JsonBody body) {
    return new String(body.bytes(), 0, body.length(), StandardCharsets.UTF_8);
  }

  /** Hands out one byte at a time. */
  static final class Drip extends InputStream {

    private final ByteArrayInputStream bytes;

    Drip(String text) {
      this.bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return bytes.read(into, offset, Math.min(length, 1));
    }
  }
}
