/** Files that people write: reads the objects in them, says where a field stands, and edits it. */
@NullMarked
package dev.lintel.manifest;

import org.jspecify.annotations.NullMarked;
