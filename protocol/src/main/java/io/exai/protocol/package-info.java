/** What is on the wire. Pure: bytes in, types out. */
@org.jspecify.annotations.NullMarked
package io.exai.protocol;
