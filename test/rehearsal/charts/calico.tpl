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
          env:
            - name: NODE
              valueFrom:
                fieldRef:
                  fieldPath: spec.nodeName
          securityContext:
            privileged: true
          readinessProbe:
            exec:
              command: [cat, /tmp/ready]
            periodSeconds: 2
          volumeMounts:
            - name: configuration
              mountPath: /host/etc/cni/net.d
      volumes:
        - name: configuration
          hostPath:
            path: /etc/cni/net.d
            type: DirectoryOrCreate
