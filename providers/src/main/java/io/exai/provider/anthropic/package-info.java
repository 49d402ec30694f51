/** The messages protocol: Anthropic itself, and others that speak it. */
@NullMarked
package io.exai.provider.anthropic;

import org.jspecify.annotations.NullMarked;
