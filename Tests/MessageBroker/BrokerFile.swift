/// The configuration of a broker for tests.
enum BrokerFile {
    static let keyStorePassword = "changeit"

    /// The text of a file for `xbean:`; security is a port and a PKCS #12 file.
    static func text(port: Int, security: (port: Int, keyStore: String)?, folder: String) -> String {
        let context = security.map { _, keyStore in
            """
            <sslContext>
              <sslContext keyStore="file:\(keyStore)" keyStoreType="PKCS12" keyStorePassword="\(keyStorePassword)"/>
            </sslContext>
            """
        }
        let secure = security.map { port, _ in
            #"<transportConnector name="secure" uri="stomp+ssl://127.0.0.1:\#(port)"/>"#
        }
        return """
            <beans xmlns="http://www.springframework.org/schema/beans"
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                xsi:schemaLocation="http://www.springframework.org/schema/beans
                  http://www.springframework.org/schema/beans/spring-beans-2.0.xsd
                  http://activemq.apache.org/schema/core http://activemq.apache.org/schema/core/activemq-core.xsd">
              <broker xmlns="http://activemq.apache.org/schema/core" brokerName="tests" persistent="false"
                  useJmx="false" dataDirectory="\(folder)/data">
                <plugins>
                  <simpleAuthenticationPlugin>
                    <users>
                      <authenticationUser username="gateway" password="\(MessageBroker.password)" groups="gateways"/>
                      <authenticationUser username="agent" password="\(MessageBroker.password)"
                          groups="gateways,agents"/>
                    </users>
                  </simpleAuthenticationPlugin>
                  <authorizationPlugin>
                    <map>
                      <authorizationMap>
                        <authorizationEntries>
                          <authorizationEntry queue="*" read="gateways" write="gateways" admin="gateways"/>
                          <authorizationEntry queue="beamline.>" read="gateways" write="gateways" admin="gateways"/>
                          <authorizationEntry queue="agent_control.>" read="gateways" write="gateways" admin="gateways"/>
                          <authorizationEntry queue=">" read="agents" write="agents" admin="agents"/>
                          <authorizationEntry topic=">" read="gateways" write="gateways" admin="gateways"/>
                        </authorizationEntries>
                      </authorizationMap>
                    </map>
                  </authorizationPlugin>
                </plugins>
                \(context ?? "")
                <transportConnectors>
                  <transportConnector name="plain" uri="stomp://127.0.0.1:\(port)"/>
                  \(secure ?? "")
                </transportConnectors>
              </broker>
            </beans>
            """
    }
}
