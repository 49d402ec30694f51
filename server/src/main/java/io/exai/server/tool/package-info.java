/** Tools: data files, argument checks, and the run of one call. */
@org.jspecify.annotations.NullMarked
package io.exai.server.tool;
