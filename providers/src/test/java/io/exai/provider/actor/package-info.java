/** Tests of the provider actors. */
@NullMarked
package io.exai.provider.actor;

import org.jspecify.annotations.NullMarked;
