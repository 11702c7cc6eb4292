package dev.lintel.manifest;

import dev.lintel.resource.Resource;

/**
 * An object of a file, and what tells of two forms of it which is newer.
 *
 * @param resource what Lintel reads of it
 * @param place where it begins: source, line and column
 * @param resourceVersion {@code metadata.resourceVersion}; empty if it has none
 * @param hasStatus whether it has a status that says anything
 */
public record Located(Resource resource, String place, String resourceVersion, boolean hasStatus) {}
