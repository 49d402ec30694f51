/** Where Z.ai's GLM leaves the OpenAI dialect. */
@NullMarked
package io.exai.provider.glm;

import org.jspecify.annotations.NullMarked;
