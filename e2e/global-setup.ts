import { type Product, startProduct } from '@/e2e/start-product'

/** The data of the shared product that tests can use. */
export type SharedProduct = Pick<Product, 'baseURL' | 'simulatorURL' | 'dataDir' | 'adminEmail' | 'adminPassword'>

/** Starts one product for the whole run; the `product` fixture of `./test` provides it to the tests. */
export default async function prepareProduct() {
  const product = await startProduct()
  const { baseURL, simulatorURL, dataDir, adminEmail, adminPassword } = product
  const shared: SharedProduct = { baseURL, simulatorURL, dataDir, adminEmail, adminPassword }
  process.env['E2E_PRODUCT'] = JSON.stringify(shared)
  return async function stopProduct() {
    await product.stop()
  }
}
