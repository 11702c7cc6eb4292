package dev.lintel.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.lintel.cluster.Snapshot;
import dev.lintel.manifest.Manifest;
import dev.lintel.manifest.Manifests;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.sample.Sample;
import dev.lintel.state.Existing;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A review to warm up with: a sample on which one rule speaks. The build puts one for each rule
 * beside the classes.
 *
 * @param state the cluster that the sample is about
 * @param body the review as the API server would send it; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // read and never compared
record WarmUpSample(Snapshot state, byte[] body) {

  private static final String FOLDER = "/warmup/";
  private static final JsonFactory JSON = new JsonFactory();

  /** Returns the names of all samples, each with the folder of its rule. */
  static List<String> names() throws IOException {
    return text("samples.txt").orElseThrow().lines().toList();
  }

  /** Reads all samples. */
  static List<WarmUpSample> all() throws IOException {
    List<WarmUpSample> samples = new ArrayList<>();
    Map<String, Optional<List<Manifest>>> setUps = new HashMap<>();
    for (String name : names()) {
      String text = text(name).orElseThrow(() -> new FileNotFoundException(name));
      samples.add(
          of(
              Sample.read(
                  Path.of(name), text, file -> setUps.computeIfAbsent(file, WarmUpSample::setUp))));
    }
    return List.copyOf(samples);
  }

  private static WarmUpSample of(Sample sample) throws IOException {
    Snapshot state =
        new Snapshot(
            Existing.of(sample.cluster()), sample.policy(), Snapshot.DEFAULT_GENERATION, true);
    return new WarmUpSample(state, review(sample));
  }

  private static byte[] review(Sample sample) throws IOException {
    Manifest written = sample.written();
    int slash = written.apiVersion().indexOf('/');
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeStringField("apiVersion", "admission.k8s.io/v1");
      out.writeStringField("kind", "AdmissionReview");
      out.writeObjectFieldStart("request");
      out.writeStringField("uid", "00000000-0000-0000-0000-000000000000");
      out.writeObjectFieldStart("kind");
      out.writeStringField("group", slash < 0 ? "" : written.apiVersion().substring(0, slash));
      out.writeStringField("version", written.apiVersion().substring(slash + 1));
      out.writeStringField("kind", written.kindName());
      out.writeEndObject();
      out.writeStringField("name", sample.write().ref().name());
      out.writeStringField("namespace", sample.write().ref().namespace());
      out.writeStringField("operation", sample.before().isPresent() ? "UPDATE" : "CREATE");
      out.writeObjectFieldStart("userInfo");
      out.writeStringField("username", sample.write().user());
      out.writeEndObject();
      writeObject(out, "object", written);
      if (sample.before().isPresent()) {
        writeObject(out, "oldObject", sample.before().get());
      }
      out.writeBooleanField("dryRun", true);
      out.writeEndObject();
      out.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void writeObject(JsonGenerator out, String field, Manifest object)
      throws IOException {
    out.writeFieldName(field);
    out.writeRawValue(object.json());
  }

  private static Optional<List<Manifest>> setUp(String name) {
    try {
      Optional<String> text = text("_clusters/" + name);
      return text.isEmpty() ? Optional.empty() : Optional.of(Manifests.read(name, text.get()));
    } catch (IOException | MalformedObjectException e) {
      throw new IllegalStateException("a set-up that the build brought cannot be read: " + name, e);
    }
  }

  private static Optional<String> text(String name) throws IOException {
    try (InputStream resource = WarmUpSample.class.getResourceAsStream(FOLDER + name)) {
      return resource == null
          ? Optional.empty()
          : Optional.of(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
