/** Where Moonshot's Kimi leaves the OpenAI dialect. */
@NullMarked
package io.exai.provider.kimi;

import org.jspecify.annotations.NullMarked;
