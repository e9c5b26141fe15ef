import SelfTest
