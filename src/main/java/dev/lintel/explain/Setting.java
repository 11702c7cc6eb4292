package dev.lintel.explain;

import dev.lintel.resource.ResourceRef;

/**
 * A label, annotation or field as it is written, and what its readers make of it.
 *
 * @param on the object that carries it
 * @param field its key, or the field's path
 * @param value the value as written
 * @param atIstiod what istiod makes of it, in words
 * @param atKgateway what kgateway makes of it, in words
 */
public record Setting(
    ResourceRef on, String field, String value, String atIstiod, String atKgateway) {}
