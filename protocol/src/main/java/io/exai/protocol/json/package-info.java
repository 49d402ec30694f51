/** JSON text and trees under limits. */
@org.jspecify.annotations.NullMarked
package io.exai.protocol.json;
