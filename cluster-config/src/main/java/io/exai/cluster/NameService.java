package io.exai.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;

/** What addresses a name has, and which of them are this machine's. */
interface NameService {
    /** Blocks; fails when the name has no address. */
    List<InetAddress> addresses(String name) throws IOException;

    boolean isOurs(InetAddress address);

    /** The address of this machine when nothing else is known. */
    InetAddress own() throws IOException;

    /** Asks the operating system. */
    NameService SYSTEM = new NameService() {
        @Override
        public List<InetAddress> addresses(String name) throws IOException {
            return List.of(InetAddress.getAllByName(name));
        }

        @Override
        public boolean isOurs(InetAddress address) {
            try {
                return NetworkInterface.getByInetAddress(address) != null;
            } catch (IOException unknown) {
                return false;
            }
        }

        @Override
        public InetAddress own() throws IOException {
            return InetAddress.getLocalHost();
        }
    };
}
