/** Gives the answers out: good ones, and bad ones on purpose. */
@NullMarked
package io.exai.provider.sandbox.visit;

import org.jspecify.annotations.NullMarked;
