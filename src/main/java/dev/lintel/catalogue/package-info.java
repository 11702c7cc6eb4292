/** The catalogue, which knows every family; a family knows neither it nor another one. */
@NullMarked
package dev.lintel.catalogue;

import org.jspecify.annotations.NullMarked;
