/** Tests of the settings. */
@NullMarked
package io.exai.persistence;

import org.jspecify.annotations.NullMarked;
