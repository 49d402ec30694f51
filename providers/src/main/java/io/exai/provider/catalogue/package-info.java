/** The models that can be asked: data files, names, aliases and the preferred one. */
@NullMarked
package io.exai.provider.catalogue;

import org.jspecify.annotations.NullMarked;
