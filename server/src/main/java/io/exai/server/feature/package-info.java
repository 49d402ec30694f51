/** What is answered without a session: lists, prompts, resources, completion, discovery. */
@NullMarked
package io.exai.server.feature;

import org.jspecify.annotations.NullMarked;
