function(name='jsonnet-guestbook') { apiVersion: 'v1', kind: 'Service', metadata: { name: name } }
