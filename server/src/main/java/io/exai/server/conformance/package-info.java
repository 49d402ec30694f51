/** What the official conformance suite expects of a server: tools, prompts and resources of its own making. */
@NullMarked
package io.exai.server.conformance;

import org.jspecify.annotations.NullMarked;
