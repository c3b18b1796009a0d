{{- /* What the operator makes of its Installation: calico-node on every node, of the chart's version. */}}
apiVersion: v1
kind: Namespace
metadata:
  name: calico-system
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: calico-node
  namespace: calico-system
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: calico-node
rules:
  - apiGroups: [""]
    resources: [nodes]
    verbs: [get, list]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: calico-node
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: calico-node
subjects:
  - kind: ServiceAccount
    name: calico-node
    namespace: calico-system
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: calico-node
  namespace: calico-system
data:
  calico-node.sh: {{ .Files.Get "calico-node.sh" | toJson }}
---
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: calico-node
  namespace: calico-system
spec:
  selector:
    matchLabels:
      k8s-app: calico-node
  updateStrategy:
    rollingUpdate:
      maxUnavailable: 5
  template:
    metadata:
      labels:
        k8s-app: calico-node
    spec:
      serviceAccountName: calico-node
      hostNetwork: true
      priorityClassName: system-node-critical
      terminationGracePeriodSeconds: 5
      tolerations:
        - operator: Exists
      containers:
        - name: calico-node
          image: quay.io/calico/node:{{ .Chart.AppVersion }}
          command: [/bin/sh, /calico/calico-node.sh]
          env:
            - name: NODE
              valueFrom:
                fieldRef:
                  fieldPath: spec.nodeName
          securityContext:
            privileged: true
          # Asked until it is ready only: a program that is started in every host's container every other second costs a processor.
          startupProbe:
            exec:
              command: [cat, /tmp/ready]
            periodSeconds: 3
            failureThreshold: 100
          volumeMounts:
            - name: script
              mountPath: /calico
            - name: configuration
              mountPath: /host/etc/cni/net.d
      volumes:
        - name: script
          configMap:
            name: calico-node
        - name: configuration
          hostPath:
            path: /etc/cni/net.d
            type: DirectoryOrCreate
