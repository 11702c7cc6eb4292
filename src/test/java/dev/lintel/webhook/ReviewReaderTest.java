package dev.lintel.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.resource.Kind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReviewReaderTest {

  @Test
  void everyFieldOfARequestIsRead() throws Exception {
    AdmissionRequest request =
        ReviewReader.read(
            Reviews.review(
                "'uid':'7f1c','kind':{'group':'networking.istio.io','version':'v1',"
                    + "'kind':'DestinationRule'},'subResource':'status','namespace':'shop',"
                    + "'name':'cart','operation':'UPDATE','userInfo':{'username':'ann',"
                    + "'groups':['dev']},'dryRun':true,'options':{'kind':'UpdateOptions'},"
                    + "'oldObject':{'spec':{'host':'a'}},'object':{'spec':{'host':'b'}}"));
    assertThat(request.uid()).isEqualTo("7f1c");
    assertThat(request.operation()).isEqualTo(Operation.UPDATE);
    assertThat(request.group()).isEqualTo("networking.istio.io");
    assertThat(request.kind()).isEqualTo("DestinationRule");
    assertThat(request.subresource()).isEqualTo("status");
    assertThat(request.ref(Kind.DESTINATION_RULE).spoken()).isEqualTo("DestinationRule shop/cart");
    assertThat(request.user()).isEqualTo("ann");
    assertThat(request.dryRun()).isTrue();
    assertThat(request.readObject(Kind.DESTINATION_RULE)).extracting("host").isEqualTo("b");
    assertThat(request.readOldObject(Kind.DESTINATION_RULE).orElseThrow())
        .extracting("host")
        .isEqualTo("a");
  }

  @Test
  void theFieldsMayComeInAnyOrder() throws Exception {
    AdmissionRequest request =
        ReviewReader.read(
            Reviews.bytes(
                "{'request':{'object':"
                    + Reviews.SERVICE
                    + ",'operation':'CREATE','kind':{'kind':'Service','group':''},'uid':'7f1c'},"
                    + "'kind':'AdmissionReview','apiVersion':'admission.k8s.io/v1'}"));
    assertThat(request.readObject(Kind.SERVICE).ref().spoken()).isEqualTo("Service shop/cart");
  }

  @Test
  void anObjectWithoutANamespaceIsInTheRequestsNamespace() throws Exception {
    AdmissionRequest request =
        ReviewReader.read(Reviews.create("{'metadata':{'name':'cart'},'spec':{}}"));
    assertThat(request.readObject(Kind.SERVICE).namespace()).isEqualTo("shop");
  }

  @Test
  void anObjectWhoseNameIsYetToBeGeneratedHasNone() throws Exception {
    AdmissionRequest request =
        ReviewReader.read(
            Reviews.review(
                "'uid':'1','kind':{'kind':'Service'},'operation':'CREATE','namespace':'shop',"
                    + "'object':{'metadata':{'generateName':'cart-'},'spec':{}}"));
    assertThat(request.readObject(Kind.SERVICE).name()).isEmpty();
  }

  @Test
  void aNullObjectIsNone() throws Exception {
    AdmissionRequest request =
        ReviewReader.read(
            Reviews.service("DELETE", "'object':null,'oldObject':" + Reviews.SERVICE));
    assertThat(request.object()).isEmpty();
  }

  @Test
  void textBeyondAsciiBeforeAnObjectDoesNotShiftIt() throws Exception {
    AdmissionRequest request =
        ReviewReader.read(
            Reviews.service("CREATE", "'x':'ä€😀','object':" + Reviews.SERVICE + ",'y':'ä'"));
    assertThat(request.readObject(Kind.SERVICE).name()).isEqualTo("cart");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'request':| not JSON: line 1, column",
        "this is not JSON| not JSON: line 1, column",
        "``| not an AdmissionReview: the object: expected an object, found nothing",
        "null| not an AdmissionReview: apiVersion: expected admission.k8s.io/v1, found nothing",
        "[]| expected an object, found a list",
        "{'apiVersion':'admission.k8s.io/v1beta1'}| apiVersion: expected admission.k8s.io/v1, found \"admission.k8s.io/v1beta1\"",
        "{'apiVersion':'admission.k8s.io/v1','kind':'List'}| kind: expected AdmissionReview, found \"List\"",
        "{'apiVersion':'admission.k8s.io/v1','kind':'AdmissionReview'}| request: missing",
        "{'apiVersion':'admission.k8s.io/v1','kind':'AdmissionReview','request':{}}| request.uid: missing",
        "{'apiVersion':'admission.k8s.io/v1','kind':'AdmissionReview','request':{'uid':5}}| request.uid: expected text, found the number 5",
        "{} {}| something follows after the review",
      })
  void whatIsNoReviewIsRefusedWithItsPlace(String body, String message) {
    assertThatThrownBy(() -> ReviewReader.read(Reviews.bytes(body)))
        .isInstanceOf(MalformedReviewException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'uid':'1'| request.kind.kind: missing",
        "'uid':'1','kind':{'kind':'Service'}| request.operation: expected CREATE, UPDATE, DELETE or CONNECT, found nothing",
        "'uid':'1','kind':{'kind':'Service'},'operation':'PATCH'| found \"PATCH\"",
        "'uid':'1','kind':{'kind':'Service'},'operation':'CREATE'| request.object: missing",
        "'uid':'1','kind':{'kind':'Service'},'operation':'UPDATE','object':{}| request.oldObject: missing",
        "'uid':'1','kind':{'kind':'Service'},'operation':'CREATE','object':'x'| request.object: expected an object, found the text \"x\"",
        "'uid':'1','kind':'Service'| request.kind: expected an object",
      })
  void aRequestThatLacksWhatAnAnswerNeedsIsRefused(String request, String message) {
    assertThatThrownBy(() -> ReviewReader.read(Reviews.review(request)))
        .isInstanceOf(MalformedReviewException.class)
        .hasMessageContaining(message);
  }

  @Test
  void anotherEncodingThanUtf8IsRefused() {
    byte[] body =
        new String(Reviews.create(Reviews.SERVICE), StandardCharsets.UTF_8)
            .getBytes(StandardCharsets.UTF_16BE);
    assertThatThrownBy(() -> ReviewReader.read(body)).hasMessageContaining("not UTF-8");
  }
}
