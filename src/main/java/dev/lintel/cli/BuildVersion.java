package dev.lintel.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into a resource. */
final class BuildVersion implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    return new String[] {"lintel " + number()};
  }

  /** Returns the version alone. */
  static String number() throws IOException {
    Properties properties = new Properties();
    try (InputStream resource = BuildVersion.class.getResourceAsStream("/lintel.properties")) {
      if (resource == null) {
        throw new IOException("the build left out lintel.properties");
      }
      properties.load(resource);
    }
    return properties.getProperty("version", "");
  }
}
