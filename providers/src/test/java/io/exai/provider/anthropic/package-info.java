/** Tests of the messages protocol. */
@NullMarked
package io.exai.provider.anthropic;

import org.jspecify.annotations.NullMarked;
