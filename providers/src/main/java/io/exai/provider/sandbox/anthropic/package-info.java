/** Messages as Anthropic and MiniMax read and write them. */
@NullMarked
package io.exai.provider.sandbox.anthropic;

import org.jspecify.annotations.NullMarked;
