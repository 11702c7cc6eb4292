package dev.lintel.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

/** Is told what happens to watched objects, one event at a time. */
interface ObjectListener {

  /** An object was created or changed. */
  void put(GenericKubernetesResource object);

  /** An object is gone; only its name and namespace are certain to be set. */
  void removed(GenericKubernetesResource object);

  /** Every object that exists has been handed out once. */
  default void listed() {}
}
